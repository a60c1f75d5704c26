"""Pictures: kept with what they say of themselves, and drawn; the text in them is not recognised yet."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL import __version__ as pillow_version

from archive.reading import dates
from archive.reading.render import Rendering, fitted
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source, Unreadable
from archive.records import Metadata, Verdict

# Not those that start other programs (EPS) or only name what they cannot read.
_FORMATS = (
    "AVIF",
    "BMP",
    "DIB",
    "GIF",
    "ICO",
    "JPEG",
    "JPEG2000",
    "PCX",
    "PNG",
    "PPM",
    "PSD",
    "TGA",
    "TIFF",
    "WEBP",
)
_DECODED = 200_000_000  # pixels of the picture itself: 800 MB while it is drawn

# What a camera or scanner notes that casework may need (Exif 2.32).
_NOTED = {
    "Make": "Camera make",
    "Model": "Camera model",
    "Software": "Software",
    "DateTimeOriginal": "Taken",
    "OffsetTimeOriginal": "Time zone",
    "DateTime": "Changed",
    "ImageDescription": "Description",
    "Artist": "Artist",
    "Copyright": "Copyright",
    "UserComment": "Comment",
}

ImageFile.LOAD_TRUNCATED_IMAGES = True  # half a photograph is evidence too
Image.MAX_IMAGE_PIXELS = None  # _opened has a limit of its own, and no warning to a console


@contextlib.contextmanager
def _opened(source: Source) -> Iterator[Image.Image]:
    """The picture, its header read. Raises Unreadable."""
    with source.open() as stream:
        try:
            image = Image.open(stream, formats=_FORMATS)
        except UnidentifiedImageError as fault:
            raise Unreadable("unknown-type", str(fault)) from fault
        with image:
            yield image


def read(source: Source, sink: Sink) -> Reading:
    """What the picture says of itself, line by line, with verdict none: its own text is not recognised yet."""
    try:
        with _opened(source) as image:
            said = _said(image)
            lines = [f"{image.format} {image.width} × {image.height}"]
            lines += [f"{_NOTED[tag]}: {said[tag]}" for tag in _NOTED if said.get(tag)]
            position = _position(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
            if position:
                lines.append(f"Position: {position}")
    except Unreadable as fault:
        if fault.reason == "unknown-type":  # a kind that Pillow does not know is a picture all the same
            raise Unreadable("not-recognised-yet", fault.detail) from fault
        raise
    return Reading(
        media_type=source.media_type,
        metadata=Metadata(published=dates.made(_day(said.get("DateTimeOriginal", "")))),
        pages=(Page(0, "\n".join(lines) + "\n"),),
        verdict=Verdict.NONE,
        reason="not-recognised-yet",
        extractor=f"Pillow {pillow_version}",
    )


def render(source: Source, number: int, scale: float) -> Rendering:
    """Frame `number` (from 1) at `scale`, upright as its camera noted, lowered where too large. Raises Unreadable."""
    with _opened(source) as image:
        count = getattr(image, "n_frames", 1)
        if not 1 <= number <= count:
            raise Unreadable("no-such-page", f"page {number} of {count}")
        image.seek(number - 1)
        if image.width * image.height > _DECODED:
            raise Unreadable("too-large", f"{image.width} × {image.height} pixels")
        turned = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        width, height = image.size
        factor = fitted(width, height, scale)
        size = max(1, round(width * factor)), max(1, round(height * factor))
        image.draft("RGB", size)  # JPEG alone can decode smaller than it is
        upright = ImageOps.exif_transpose(_visible(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3))
        drawn = upright.convert("RGBA")
    return Rendering(
        width=drawn.width,
        height=drawn.height,
        pixels=drawn.tobytes(),
        page=number,
        pages=count,
        page_width=height if turned else width,
        page_height=width if turned else height,
    )


def _visible(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be resized and shown: 16 and 32 bit grey is brought to 8."""
    orientation = image.getexif()
    if image.mode.startswith(("I", "F")):
        least, most = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
        factor = 255 / (most - least) if most > least else 1.0
        grey = image.convert("F").point(lambda value: value * factor - least * factor).convert("L")
        grey.info, grey.getexif()[ExifTags.Base.Orientation] = image.info, orientation.get(0x112, 1)
        return grey
    if image.mode in ("RGB", "RGBA", "L", "LA"):
        return image
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.mode in ("P", "PA", "La", "RGBa") else "RGB")


def _said(image: Image.Image) -> dict[str, str]:
    """The tags of _NOTED that the picture has, as words."""
    exif = image.getexif()
    tags: dict[int, Any] = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    return {ExifTags.TAGS.get(tag, ""): _words(value) for tag, value in tags.items()}


def _words(value: object) -> str:
    if isinstance(value, bytes):
        # A user comment names its encoding in its first eight bytes.
        value = value[8:] if value.startswith((b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8)) else value
        value = value.decode("utf-8", "replace")
    words = str(value)
    with contextlib.suppress(UnicodeError):  # Pillow takes them for latin-1, most programs write UTF-8
        words = words.encode("latin-1").decode("utf-8")
    return " ".join(words.replace("\0", " ").split())


def _day(words: str) -> str:
    """`2015:10:17 12:00:00` as ISO day; cameras whose clock was never set write zeros."""
    day = words[:10].replace(":", "-")
    return "" if day.startswith("0000") else day


def _position(gps: dict[int, Any]) -> str:
    """Latitude and longitude in degrees, north and east positive, where the picture has both."""
    try:
        numbers = []
        for tag, reference, negative in (
            (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S"),
            (ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W"),
        ):
            degrees, minutes, seconds = (float(part) for part in gps[tag])
            number = degrees + minutes / 60 + seconds / 3600
            numbers.append(-number if gps.get(reference) == negative else number)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    return f"{numbers[0]:.6f}, {numbers[1]:.6f}"
