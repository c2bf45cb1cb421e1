# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What a picture tells beside what it shows. No Odoo here."""

from PIL import ExifTags, Image

HARMLESS = {
    "Orientation",
    "XResolution",
    "YResolution",
    "ResolutionUnit",
    "ExifOffset",
    "ColorSpace",
    "YCbCrPositioning",
    "ImageWidth",
    "ImageLength",
    "BitsPerSample",
}
TEXTS = ("Author", "Comment", "Description", "comment", "xmp", "XML:com.adobe.xmp")


def examine_image(file):
    """Return what is kept beside the picture itself.

    :param file: binary file open for reading
    :return: ``(code, place)``: ``position`` or ``photo_data``
    :rtype: list[tuple[str, str]]
    :raise OSError: for what is no picture
    """
    found = []
    with Image.open(file) as image:
        exif = image.getexif()
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            found.append(("position", ""))
        names = {ExifTags.TAGS.get(tag, str(tag)) for tag in exif}
        names |= {
            ExifTags.TAGS.get(tag, str(tag)) for tag in exif.get_ifd(ExifTags.IFD.Exif)
        }
        found += [
            ("photo_data", name) for name in sorted(names - HARMLESS - {"GPSInfo"})
        ]
        # What PNG and JPEG keep as text; a position may stand there too.
        for key in TEXTS:
            value = image.info.get(key)
            if value:
                text = (
                    value.decode("utf-8", "replace")
                    if isinstance(value, bytes)
                    else str(value)
                )
                found.append(("position" if "GPSL" in text else "photo_data", key))
    return found
