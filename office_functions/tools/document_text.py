# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the text of an official document says and how its parts are told apart.

Plain Python on plain values. The body of a document is HTML from an editor; here it
becomes a list of blocks, which paper (GB/T 9704-2012) and DOCX both are made of.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from lxml import html

LEVELS = (
    re.compile(r"^[一二三四五六七八九十百]+、"),
    re.compile(r"^[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"^\d+[.．](?!\d)"),
    re.compile(r"^[（(]\d+[）)]"),
)
"""The four levels of headings, GB/T 9704-2012, 7.3.3."""

REQUESTS = re.compile(
    r"请予?(?:批示|批准|审批|批复|核准|审定)|[妥当可]否|请示如下|特此请示"
)
PERSONS = re.compile(
    r"(?:同志|先生|女士|书记|主任|部长|省长|市长|区长|县长|厅长|局长|处长|科长|校长)$"
)
BLANKS = re.compile(r"[×X]{2,}|_{2,}|〔\s*〕")
SEPARATORS = re.compile(r"[、，,;；\n]+")
BLOCK_TAGS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}


@dataclass(frozen=True)
class Block:
    """One paragraph or table of a body.

    :param int level: 1 to 4 for a heading, 0 for running text
    :param str head: the words set in the heading's letters
    :param str text: what follows them in the same paragraph
    :param tuple rows: rows of cells, for a table
    """

    level: int = 0
    head: str = ""
    text: str = ""
    rows: tuple = ()


def read_blocks(body: str) -> list[Block]:
    """Return the paragraphs and tables of a body in their order.

    >>> [block.level for block in read_blocks("<p>一、目标</p><p>做好。</p>")]
    [1, 0]
    """
    if not (body or "").strip():
        return []
    root = html.fragment_fromstring(str(body), create_parent="div")
    blocks, line = [], []

    def end_line():
        text = tidy("".join(line))
        line.clear()
        if text:
            blocks.append(read_paragraph(text))

    def walk(node, prefix=""):
        line.append(prefix + (node.text or ""))
        for nth, child in enumerate(node, 1):
            if not isinstance(child.tag, str):
                line.append(child.tail or "")
                continue
            if child.tag == "table":
                end_line()
                blocks.append(Block(rows=read_rows(child)))
            elif child.tag == "br":
                end_line()
            elif child.tag == "li":
                end_line()
                walk(child, f"{nth}." if node.tag == "ol" else "")
                end_line()
            elif child.tag in BLOCK_TAGS or child.tag in ("ol", "ul"):
                end_line()
                walk(child)
                end_line()
            else:
                walk(child)
            line.append(child.tail or "")

    walk(root)
    end_line()
    return [block for block in blocks if block.rows or block.head or block.text]


def read_rows(table) -> tuple:
    """Return the cells of a table, row by row, as texts."""
    return tuple(
        tuple(tidy(cell.text_content()) for cell in row.iterfind("./*"))
        for row in table.iter("tr")
    )


def tidy(text: str) -> str:
    """Return a text with the blanks of HTML put right; full-width ones go, too."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip(" \u3000")


def read_paragraph(text: str) -> Block:
    """Return a paragraph as a block: which level it is, and how far its heading goes.

    A heading with a full stop ends there, and running text follows; a numbered sentence
    that stands alone is no heading.

    >>> read_paragraph("一、同意。").level, read_paragraph("一、目标").level
    (0, 1)
    """
    for level, pattern in enumerate(LEVELS, 1):
        if pattern.match(text):
            head, stop, rest = text.partition("。")
            if rest or not stop:
                return Block(level, head + stop, rest)
    return Block(0, "", text)


def plain_text(body: str) -> str:
    """Return the words of a body, a paragraph a line."""
    lines = []
    for block in read_blocks(body):
        lines += ["\t".join(row) for row in block.rows] or [block.head + block.text]
    return "\n".join(lines)


def digest(*texts: str) -> str:
    """Return what is the same for texts that differ in layout and punctuation only.

    What the leader signed is compared with this: any other letter is a change of
    substance.

    >>> digest("<p>甲，乙</p>") == digest("<div>甲、乙</div>")
    True
    """
    letters = (
        char
        for text in texts
        for char in unicodedata.normalize("NFKC", plain_text(text or "")) + "\x1f"
        if char == "\x1f" or unicodedata.category(char)[0] in "LNS"
    )
    return sha256("".join(letters).encode()).hexdigest()


def find_requests(body: str) -> list[str]:
    """Return the words by which a text asks for a decision; a report may have none."""
    return list(dict.fromkeys(REQUESTS.findall(plain_text(body))))


def has_blanks(body: str) -> bool:
    """Tell whether a template's blanks still wait to be filled in."""
    return bool(BLANKS.search(plain_text(body)))


def split_organs(text: str) -> list[str]:
    """Return the organs named in a line.

    >>> split_organs("区财政局、区人社局")
    ['区财政局', '区人社局']
    """
    parts = (part.strip(" \u3000：:") for part in SEPARATORS.split(text or ""))
    return [part for part in parts if part]


def find_persons(text: str) -> list[str]:
    """Return those addressees of a line that are persons and no organs."""
    return [organ for organ in split_organs(text) if PERSONS.search(organ)]


def break_title(title: str, most: int = 19) -> list[str]:
    """Return a title cut into lines of about the same length, the first the longest.

    No line begins with a closing mark or ends with an opening one.

    >>> break_title("关于做好工作的通知")
    ['关于做好工作的通知']
    """
    title = re.sub(r"\s+", "", title or "")
    if not title:
        return []
    lines, rest = [], title
    for left in range(-(-len(title) // most), 0, -1):
        cut = -(-len(rest) // left)
        while cut < len(rest) and rest[cut] in "》）〕”、，的":
            cut += 1
        while 1 < cut < len(rest) and rest[cut - 1] in "《（〔“":
            cut -= 1
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [line for line in lines if line]
