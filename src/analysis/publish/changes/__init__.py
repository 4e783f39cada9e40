"""What two built editions differ in, as text and as a page."""
