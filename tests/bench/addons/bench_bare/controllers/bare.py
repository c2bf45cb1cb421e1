# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.http import Controller, request, route


class Bare(Controller):
    """What Odoo alone needs for a form of strangers: the least a page can take."""

    @route("/bench/bare", type="http", auth="public", methods=["GET", "POST"])
    def bare(self, name="", text="", **_kwargs):
        """Give the token of a form, or write what was typed into it."""
        if request.httprequest.method == "GET":
            return f'<input name="csrf_token" value="{request.csrf_token()}"/>'
        row = request.env["bench.row"].sudo().create({"name": name, "text": text})
        return str(row.id)
