"""Pictures are drawn upright and within bounds, and say when and where they were taken."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from archive.reading import pictures
from archive.reading.render import Rendering, render_page
from archive.reading.result import Reading
from archive.reading.source import Source, Unreadable
from archive.records import Verdict
from tests.archive.reading.collected import Collected

RED, BLUE = (200, 0, 0), (0, 0, 200)


def picture(
    form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 20), exif: Image.Exif | None = None
) -> bytes:
    """The left half red, the right half blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    held = io.BytesIO()
    image.convert(mode).save(held, form, exif=exif or Image.Exif())
    return held.getvalue()


def source(data: bytes, media_type: str = "image/png") -> Source:
    return Source.of_bytes("file", media_type, data)


def read(data: bytes) -> Reading:
    return pictures.read(source(data), Collected())


def at(rendering: Rendering, column: int, row: int) -> tuple[int, ...]:
    start = (row * rendering.width + column) * 4
    return tuple(rendering.pixels[start : start + 4])


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("TIFF", "RGB"),
        ("TIFF", "F"),
        ("TIFF", "CMYK"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("WEBP", "RGB"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG2000", "RGB"),
    ],
)
def test_every_kind_is_drawn(form: str, mode: str) -> None:
    made = Image.open(io.BytesIO(picture())).convert("L").convert("I").point(lambda value: value * 200)
    held = io.BytesIO()
    if mode == "I;16":
        made.convert("I;16").save(held, form)
    data = held.getvalue() or picture(form, mode)
    drawn = pictures.render(source(data), 1, 2.0)
    assert (drawn.width, drawn.height, drawn.pages) == (80, 40, 1)
    assert len(drawn.pixels) == 80 * 40 * 4
    left, right = at(drawn, 10, 20), at(drawn, 70, 20)
    assert left != right
    assert left[3] == right[3] == 255
    if mode in ("RGB", "RGBA"):
        assert left[0] > 150 > 60 > left[2]
        assert right[2] > 150 > 60 > right[0]


def test_a_picture_taken_on_its_side_is_drawn_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turn right by 90 degrees to see it upright
    drawn = pictures.render(source(picture("JPEG", exif=exif)), 1, 1)
    assert (drawn.width, drawn.height) == (20, 40)
    assert (drawn.page_width, drawn.page_height) == (20, 40)
    assert at(drawn, 10, 5)[0] > 150, "what was left is at the top"
    assert at(drawn, 10, 35)[2] > 150


def test_every_page_of_a_tiff_is_drawn() -> None:
    first, second = Image.new("RGB", (10, 10), RED), Image.new("RGB", (10, 10), BLUE)
    held = io.BytesIO()
    first.save(held, "TIFF", save_all=True, append_images=[second])
    drawn = render_page(source(held.getvalue(), "image/tiff"), 2, 1, [])
    assert (drawn.page, drawn.pages) == (2, 2)
    assert at(drawn, 5, 5) == (*BLUE, 255)
    with pytest.raises(Unreadable) as refusal:
        pictures.render(source(held.getvalue()), 3, 1)
    assert refusal.value.reason == "no-such-page"


def test_what_the_camera_noted_is_kept() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Camera 7"
    exif[ExifTags.Base.ImageDescription] = "Straße".encode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2019:05:17 08:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "S",
            ExifTags.GPS.GPSLatitude: (33.0, 30.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (151.0, 15.0, 36.0),
        }
    )
    reading = read(picture("JPEG", exif=exif))
    assert (reading.verdict, reading.reason) == (Verdict.NONE, "not-recognised-yet")
    assert reading.metadata.published == "2019-05-17?"
    assert reading.pages[0].text.splitlines() == [
        "JPEG 40 × 20",
        "Camera model: Camera 7",
        "Taken: 2019:05:17 08:30:00",
        "Description: Straße",
        "Position: -33.500000, 151.260000",
    ]


def test_a_picture_larger_than_can_be_drawn_is_refused_before_it_is_unpacked() -> None:
    small = picture()
    # Width and height stand after the IHDR chunk's name; the checksum is not looked at for a header that is refused.
    place = small.index(b"IHDR") + 4
    import zlib

    header = (60_000).to_bytes(4, "big") * 2 + small[place + 8 : place + 13]
    bomb = small[:place] + header + zlib.crc32(b"IHDR" + header).to_bytes(4, "big") + small[place + 17 :]
    with pytest.raises(Unreadable) as refusal:
        pictures.render(source(bomb), 1, 0.01)
    assert refusal.value.reason == "too-large"
    assert read(bomb).pages[0].text.startswith("PNG 60000 × 60000")


def test_half_a_photograph_is_drawn() -> None:
    whole = picture("JPEG", size=(400, 400))
    assert pictures.render(source(whole[: len(whole) * 2 // 3]), 1, 0.5).width == 200


def test_a_picture_of_a_kind_that_is_not_known_is_a_picture() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(b"\xd7\xcd\xc6\x9a and what follows")
    assert refusal.value.reason == "not-recognised-yet"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"])
@given(data=st.data())
def test_a_damaged_picture_raises_only_what_the_worker_takes_as_damage(form: str, data: st.DataObject) -> None:
    whole = bytearray(picture(form))
    small = pytest.MonkeyPatch()
    small.setattr(pictures, "_DECODED", 100_000)  # a damaged header may claim a picture of any size
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    try:
        drawn = pictures.render(source(bytes(whole)), 1, 0.5)
    except MemoryError:
        raise
    except Exception:
        return
    finally:
        small.undo()
    assert len(drawn.pixels) == drawn.width * drawn.height * 4
