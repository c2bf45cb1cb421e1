# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What strangers send as files: told by its content, cleaned, or refused. No Odoo here."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from .active_content import explain_part, explain_pdf

MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}
ACCEPTED = ",".join(f".{kind}" for kind in MIMETYPES)
"""What a file input offers to choose."""
IMAGES = {
    "jpg": JpegImagePlugin.JpegImageFile.format,
    "png": PngImagePlugin.PngImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
}
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
ACTIVE_PARTS = re.compile(
    r"vbaproject|activex|/embeddings/|oleobject|/externallinks/|/webextensions/", re.I
)
ACTIVE_PDF = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml)\b", re.I)
MOST_PIXELS = 50_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
LONGEST_NAME = 80
END_OF_ZIP = b"PK\x05\x06"
END_OF_ZIP_BYTES = 22


class UploadRefused(Exception):
    """A file is not taken.

    :param str code: why: ``empty``, ``large``, ``many``, ``kind``, ``broken``,
        ``active`` (it holds a program) or ``bomb`` (it unpacks to too much)
    :param str name: its name, cleaned
    """

    def __init__(self, code, name=""):
        super().__init__(code)
        self.code = code
        self.name = name


@dataclass(frozen=True)
class Upload:
    """A file that may be kept."""

    name: str
    content: bytes
    mimetype: str


def clean_name(name, kind):
    """Return a name that is harmless wherever it is shown or saved.

    :param str name: as the client gave it
    :param str kind: what the file is; it becomes the only ending

    >>> clean_name("../../家长 信\\u202egpj.exe", "pdf")
    '家长 信gpj.pdf'
    >>> clean_name("", "txt")
    'file.txt'
    """
    name = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(
        one for one in name if unicodedata.category(one)[0] not in "CZ" or one == " "
    )
    stem = name.rpartition(".")[0] or name
    stem = re.sub(r"""[<>:"|?*'.`$&;%]+""", "_", stem).strip(" _")[:LONGEST_NAME]
    return f"{stem or 'file'}.{kind}"


def detect(content):
    """Tell what a file is by its content, whatever its name says.

    :param bytes content:
    :return: a key of ``MIMETYPES``, or nothing
    :rtype: str
    """
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"PK\x03\x04"):
        return _detect_office(content)
    return "txt" if _is_text(content) else ""


def clean(name, content, most_bytes):
    """Return a file as it may be kept.

    Images are drawn anew: no position, no camera, nothing behind the picture remains
    (个人信息保护法 第6条).

    :param str name: as the client gave it
    :param bytes content:
    :param int most_bytes: how large it may be
    :rtype: Upload
    :raise UploadRefused:
    """
    shown = clean_name(name, name.rpartition(".")[2][:5] or "?")
    try:
        if not content:
            raise UploadRefused("empty")
        if len(content) > most_bytes:
            raise UploadRefused("large")
        kind = detect(content)
        if not kind:
            raise UploadRefused("kind")
        if kind in IMAGES:
            content = _redraw(content, kind)
        elif kind == "pdf":
            _check_pdf(content)
        elif kind in ("docx", "xlsx"):
            _check_office(content)
    except UploadRefused as refused:
        raise UploadRefused(refused.code, shown) from refused
    return Upload(clean_name(name, kind), content, MIMETYPES[kind])


def clean_all(files, most_bytes, most_files):
    """Return those files that may be kept, and all that is wrong with the others.

    :param files: ``(name, content)``
    :rtype: tuple[list[Upload], list[UploadRefused]]
    """
    files = list(files)
    if len(files) > most_files:
        return [], [UploadRefused("many")]
    kept, refused = [], []
    for name, content in files:
        try:
            kept.append(clean(name, content, most_bytes))
        except UploadRefused as refusal:
            refused.append(refusal)
    return kept, refused


def _is_text(content):
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = any(
            unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in text
        )
        return not odd and not MARKUP.search(text[:4096])
    return False


def _redraw(content, kind):
    try:
        with Image.open(io.BytesIO(content), formats=[IMAGES[kind]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UploadRefused("bomb")
            image.draft("RGB", image.size)
            image.load()
            drawn = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as error:
        raise UploadRefused("bomb") from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise UploadRefused("broken") from error
    transparent = "A" in drawn.getbands() or "transparency" in drawn.info
    drawn = drawn.convert("RGBA" if transparent and kind != "jpg" else "RGB")
    # What a picture carries beside its points is left behind.
    drawn.info = {}
    buffer = io.BytesIO()
    options = {} if kind == "png" else {"quality": 88}
    drawn.save(buffer, IMAGES[kind], **options)
    return buffer.getvalue()


def _check_pdf(content):
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused("broken")
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    refusal = "active" if ACTIVE_PDF.search(plain) else explain_pdf(content)
    if refusal:
        raise UploadRefused(refusal)


def _open_zip(content):
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise UploadRefused("broken") from error


def _detect_office(content):
    try:
        with _open_zip(content) as package:
            names = set(package.namelist())
    except UploadRefused:
        return ""
    kinds = [kind for part, kind in MAIN_PARTS.items() if part in names]
    return kinds[0] if len(kinds) == 1 and "[Content_Types].xml" in names else ""


def _check_office(content):
    """Refuse what is hidden before, behind or between the parts of a document."""
    end = content.rfind(END_OF_ZIP)
    with _open_zip(content) as package:
        parts = package.infolist()
        first = min((part.header_offset for part in parts), default=1)
        if first or end + END_OF_ZIP_BYTES != len(content):
            raise UploadRefused("broken")
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise UploadRefused("bomb")
        if unpacked > MOST_RATIO * len(content):
            raise UploadRefused("bomb")
        for part in parts:
            if part.flag_bits & 1 or ".." in part.filename or part.filename[:1] == "/":
                raise UploadRefused("broken")
            if ACTIVE_PARTS.search(part.filename):
                raise UploadRefused("active")
        _unpack(package, parts)


def _unpack(package, parts):
    """Read every part, so that what it says of its size and of itself is proved."""
    left = MOST_UNPACKED
    try:
        for part in parts:
            with package.open(part) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise UploadRefused("bomb")
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
                raise UploadRefused("active")
            refusal = explain_part(part.filename, content)
            if refusal:
                raise UploadRefused(refusal)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UploadRefused("broken") from error
