# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models

MOST_FILES = 10


class OfficePortalMixin(models.AbstractModel):
    """Photos and files that schools send in with a matter, and find on its page again.

    They hang on the matter: who reads it at the office opens them.
    """

    _inherit = "office.portal.mixin"
    # Whether the form takes files from schools.
    _portal_takes_files = False

    @api.model
    def _may_send_files(self):
        """Tell whether the current user sends files along: in the name of a school.

        :rtype: bool
        """
        return self._portal_takes_files and bool(self._get_portal_units())

    @api.model
    def _explain_bad_files(self, files):
        """Return what is wrong with the files of a form.

        :param files: ``(name, bytes)`` for each
        :rtype: list[str]
        """
        if not isinstance(files, list | tuple) or not all(
            isinstance(file, list | tuple)
            and len(file) == 2
            and isinstance(file[0], str)
            and "\0" not in file[0]
            and isinstance(file[1], bytes)
            for file in files
        ):
            return [self.env._("These files cannot be read.")]
        if len(files) > MOST_FILES:
            return [self.env._("Please send %(most)s files at most.", most=MOST_FILES)]
        return []

    @api.model
    def _attach_portal_files(self, record, files):
        """Attach the files of a form, which has been looked through.

        :param record: what they belong to
        :param files: ``(name, bytes)`` for each
        :return: the attachments
        :rtype: ir.attachment
        """
        # The record was just written with the user's rights; a portal user may not
        # create files anywhere else.
        attachments = self.env["ir.attachment"].sudo()
        return attachments.create(
            [
                {
                    "name": name,
                    "raw": content,
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for name, content in files
            ]
        )

    def _get_portal_files(self):
        """Return the files that the page of a matter shows.

        Those the user's own side sent in; what the office attached stays there.

        :return: ``{name, url}`` for each
        :rtype: list[dict]
        """
        if not self._may_send_files():
            return []
        people = self._get_portal_units().office_user_ids.filtered("share")
        return self._get_file_links(
            self._get_attached_files().filtered(
                lambda file: file.create_uid in people | self.env.user
            )
        )

    def _get_attached_files(self):
        """Return all files that hang on a matter, in superuser mode.

        :rtype: ir.attachment
        """
        self.ensure_one()
        attachments = self.env["ir.attachment"].sudo()
        return attachments.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", False),
            ],
            order="id",
        )

    @api.model
    def _get_file_links(self, files):
        """Return how portal users open files: by token, and never in the page.

        :param ir.attachment files: in superuser mode
        :rtype: list[dict]
        """
        tokens = files.generate_access_token()
        return [
            {
                "name": file.name,
                "url": f"/web/content/{file.id}?access_token={token}&download=1",
            }
            for file, token in zip(files, tokens, strict=True)
        ]
