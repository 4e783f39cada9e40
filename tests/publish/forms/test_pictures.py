"""Figures as pixels, for Word."""

import io
import struct

from PIL import Image

from analysis.publish.forms.pictures import draw_pixels

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="36pt">'
    '<rect width="100%" height="100%" fill="#ff0000"/><text x="2" y="20" style="font: 9px \'DejaVu Sans\'">{}</text></svg>'
)


def read_chunks(png):
    at, chunks = 8, {}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        chunks[png[at + 4 : at + 8].decode()] = png[at + 8 : at + 8 + length]
        at += length + 12
    return chunks


def test_a_picture_has_160_pixels_to_the_inch():
    png = draw_pixels(SVG.format(72, ""))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", read_chunks(png)["IHDR"][:8]) == (160, 80)


def test_the_mark_of_a_report_is_the_title_of_the_file():
    with Image.open(io.BytesIO(draw_pixels(SVG.format(72, ""), "Fiktive Daten – 虚构"))) as picture:
        assert picture.info["Title"] == "Fiktive Daten – 虚构"
        assert picture.convert("RGB").getpixel((80, 40)) == (255, 0, 0)
    assert set(read_chunks(draw_pixels(SVG.format(72, "")))) & {"iTXt", "tEXt", "zTXt", "tIME"} == set()


def test_text_is_drawn_and_equal_figures_give_equal_bytes():
    first, second = draw_pixels(SVG.format(72, "Łódź")), draw_pixels(SVG.format(72, "Łódź"))
    assert first == second
    assert first != draw_pixels(SVG.format(72, ""))
