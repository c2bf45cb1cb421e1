# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import SQL, ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_membership_tokens(self):
        """Return all by which this user is meant when somebody is complained of.

        The person, the employee, each unit where they work, which they lead or which
        they serve, and every unit above it: who belongs to a part belongs to the whole.

        :return: e.g. ``("u7", "e5", "d3", "d1")``
        :rtype: tuple[str]
        """
        self.ensure_one()
        return self._get_membership_tokens_of(self.id)

    @api.model
    @ormcache("uid")
    def _get_membership_tokens_of(self, uid):
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT token FROM (%s) membership WHERE user_id = %s",
                self._get_membership_sql(),
                uid,
            )
        )
        return tuple(sorted(token for (token,) in rows))

    @api.model
    def _get_members(self, tokens):
        """Return the users whom any of some tokens mean, archived ones too.

        :param tokens: see :meth:`_get_membership_tokens`
        :rtype: res.users
        """
        return self.browse(self._get_member_ids(tuple(sorted(tokens))))

    @api.model
    @ormcache("tokens")
    def _get_member_ids(self, tokens):
        if not tokens:
            return ()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT user_id FROM (%s) membership WHERE token IN %s",
                self._get_membership_sql(),
                tokens,
            )
        )
        return tuple(sorted(user_id for (user_id,) in rows))

    @api.model
    def _get_membership_sql(self):
        """Return the query of all users' tokens, the one place where they are made.

        :return: query of ``user_id, token``
        :rtype: SQL
        """
        self.env["hr.employee"].flush_model(["user_id", "current_version_id"])
        self.env["hr.version"].flush_model(["department_id"])
        self.env["hr.department"].flush_model(
            ["manager_id", "parent_path", "office_user_ids"]
        )
        return SQL(
            """SELECT id AS user_id, 'u' || id AS token FROM res_users
            UNION ALL
               SELECT user_id, 'e' || id FROM hr_employee WHERE user_id IS NOT NULL
            UNION ALL
               SELECT place.user_id, 'd' || above.id
                 FROM (SELECT employee.user_id, version.department_id AS unit_id
                         FROM hr_employee employee
                         JOIN hr_version version
                           ON version.id = employee.current_version_id
                    UNION ALL
                       SELECT head.user_id, led.id
                         FROM hr_department led
                         JOIN hr_employee head ON head.id = led.manager_id
                    UNION ALL
                       SELECT res_users_id, hr_department_id
                         FROM office_department_user_rel) place
                 JOIN hr_department unit ON unit.id = place.unit_id
                 JOIN hr_department above
                   ON starts_with(unit.parent_path, above.parent_path)
                WHERE place.user_id IS NOT NULL"""
        )
