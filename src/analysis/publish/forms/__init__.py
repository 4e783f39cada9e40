"""The forms that a report is written in: web page, PDF, Word file, workbook, data package."""
