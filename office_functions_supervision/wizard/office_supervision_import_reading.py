# Part of Office Functions. See LICENSE file for full copyright and licensing details.

import base64
import binascii
from pathlib import PurePath

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.office_functions.tools.decision_text import (
    MAX_FILE_SIZE,
    MAX_TEXT_LENGTH,
    DecisionTextError,
    extract_text,
    split_tasks,
)
from odoo.addons.office_functions.tools.ledger import (
    MAX_LINES,
    LedgerError,
    read_ledger,
)

from .import_source import read_decision, read_ledger_lines
from .unit_names import essence


class OfficeSupervisionImport(models.TransientModel):
    # One file for each theme, on purpose.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "office.supervision.import"

    def _read_source(self):
        """Return the tasks of the file or text.

        :rtype: list[SourceLine]
        :raise UserError: one sentence on what is wrong and what to do
        """
        try:
            source = self._read_ledger() if self.kind == "ledger" else self._read_text()
        except (DecisionTextError, LedgerError) as error:
            raise UserError(self._explain_reading_error(error.code)) from error
        if not source:
            raise UserError(self._explain_reading_error("no_tasks"))
        return source

    def _read_text(self):
        if self.source == "file":
            text = extract_text(self._get_content(), self.filename or "")
        else:
            text = self.text or ""
            if not text.strip():
                raise DecisionTextError("empty", "No text was pasted.")
            if len(text) > MAX_TEXT_LENGTH:
                raise DecisionTextError("too_large", "The text is too long.")
        self.left_out = False
        return read_decision(split_tasks(text))

    def _read_ledger(self):
        ledger = read_ledger(
            self._get_content(),
            self.filename or "",
            today=fields.Date.context_today(self),
        )
        self.left_out = ", ".join(
            str(problem.row)
            for problem in ledger.problems
            if problem.code == "missing_task"
        )
        return read_ledger_lines(ledger)

    def _get_content(self):
        """Return the bytes of the file."""
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose a file first."))
        try:
            return base64.b64decode(content.translate(None, b"\r\n"), validate=True)
        except binascii.Error as error:
            raise UserError(self._explain_reading_error("broken")) from error

    def _get_source_name(self):
        """Return what a ticket is called if nobody says otherwise."""
        if self.source == "file" or self.kind == "ledger":
            return PurePath(self.filename or "").stem
        return False

    def _explain_reading_error(self, code):
        """Return one sentence for a code of ``DecisionTextError`` or ``LedgerError``.

        :rtype: str
        """
        size = MAX_FILE_SIZE // 1024**2
        if code == "too_large" and self.kind == "ledger":
            return self.env._(
                "The ledger is too long: a file of at most %(size)s MB with at most "
                "%(lines)s lines is read. Split it and import the parts.",
                size=size,
                lines=MAX_LINES,
            )
        return {
            "empty": self.env._(
                "There is nothing to read. Choose another file or text."
            ),
            "too_large": self.env._(
                "The document is too long: a file of at most %(size)s MB is read. "
                "Import the part that holds the tasks.",
                size=size,
            ),
            "unsupported": self.env._(
                "This kind of file cannot be read. Save a document as DOCX, PDF or "
                "TXT, a ledger as XLSX or CSV, and choose it again."
            ),
            "broken": self.env._(
                "The file is damaged or is not what its name says. Open it, save it "
                "again and choose the new file."
            ),
            "encrypted": self.env._(
                "The file is protected by a password. Save it without the password "
                "and choose it again."
            ),
            "scanned": self.env._(
                "The file holds pictures of text only. Run text recognition (OCR) on "
                "it, or paste the text."
            ),
            "no_heading": self.env._(
                "No row of headings was found. Name the columns, such as 任务内容, "
                "牵头单位, 配合单位 and 完成时限, and choose the file again."
            ),
            "no_tasks": self.env._(
                "No task was found. The measures of a decision are numbered, such as "
                "一、 （一） 1. （1）, and each row of a ledger names its task; check "
                "the document and choose it again."
            ),
        }[code]

    def _create_lines(self, source, rows):
        """Note each task that was read.

        :param list[SourceLine] source: what was read
        :param dict rows: essence of a unit's name → its row
        """
        persons = self._find_persons(line.person for line in source)
        none = self.env["office.supervision.import.unit"]
        vals_list = []
        for sequence, line in enumerate(source, 1):
            lead = rows.get(essence(line.lead), none)
            assisting = none.union(*(rows[essence(name)] for name in line.assisting))
            vals_list.append(
                {
                    "import_id": self.id,
                    "sequence": sequence,
                    "import_key": line.key,
                    "item_number": line.number,
                    "name": line.title,
                    "text": line.text,
                    "goal": line.goal,
                    "section": line.section,
                    "lead_row_id": lead.id,
                    "assisting_row_ids": [fields.Command.set(assisting.ids)],
                    "lead_unit_id": lead._get_units().id,
                    "assisting_unit_ids": [
                        fields.Command.set(assisting._get_units().ids)
                    ],
                    "lead_text": line.lead,
                    "assisting_text": "、".join(line.assisting),
                    "person_text": line.person,
                    "handler_id": persons.get(_plain(line.person)),
                    "responsibility_text": line.responsibility,
                    "deadline_text": line.deadline_text,
                    "date_deadline": line.date_deadline,
                    "is_long_running": line.is_long_running,
                    "report_cycle": line.is_long_running and "month",
                    "area": line.area,
                    "task_group": line.group,
                    "reading_problems": ",".join(line.problems),
                }
            )
        self.env["office.supervision.import.line"].create(vals_list)

    def _find_persons(self, names):
        """Return the users that names stand for, where only one has the name.

        :return: name without spaces → id of the ``res.users``
        :rtype: dict
        """
        names = {_plain(name) for name in names} - {""}
        if not names:
            return {}
        users = self.env["res.users"].search(
            [
                ("name", "in", tuple(names)),
                ("share", "=", False),
                ("company_ids", "in", self.company_id.ids),
            ]
        )
        return {
            name: same.id
            for name, same in users.grouped("name").items()
            if len(same) == 1
        }


def _plain(name):
    """Return a person's name without the spaces that pad short ones (张　三)."""
    return "".join(name.split())
