# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import ormcache

CORE = "office_functions.group_office_"
RIGHTS = {"active", "company_ids", "group_ids"}


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env.registry.clear_cache()
        return users

    def write(self, vals):
        done = super().write(vals)
        if RIGHTS & vals.keys():
            self.env.registry.clear_cache()
        return done

    def _get_kept_leader_ids(self):
        """Return the leaders whose diary this user keeps and so sees wholly.

        A leader keeps their own, directors keep all, the secretaries named in a diary
        keep that one. Where nobody is named, any clerk is the secretary.

        :return: ids of ``res.users``
        :rtype: tuple[int]
        """
        return self._find_kept_leader_ids() if self.id else ()

    @ormcache("self.id")
    def _find_kept_leader_ids(self):
        user = self.sudo()
        if not user._is_internal():
            return ()
        group = self.env.ref(f"{CORE}leader").sudo()
        leaders = group.all_user_ids.filtered(
            lambda leader: leader.company_id in user.company_ids
        )
        if user.has_group(f"{CORE}director"):
            return tuple(leaders.ids)
        diaries = (
            self.env["office.agenda"].sudo().search([("leader_id", "in", leaders.ids)])
        )
        kept = diaries.filtered(lambda diary: user in diary.secretary_ids).leader_id
        if user.has_group(f"{CORE}clerk"):
            kept |= leaders - diaries.filtered("secretary_ids").leader_id
        return tuple((leaders & (kept | user)).ids)
