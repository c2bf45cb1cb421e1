# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import Controller, request, route


class Canteen(Controller):
    """The menu of the week, and the stars for today's meals, on a phone (S4.6)."""

    @route("/office/canteen", type="http", auth="user", methods=["GET"], website=True)
    def show_menu(self, problem=""):
        """Show the meals last served to be rated, and the posted menus.

        :param str problem: why the last rating was refused
        :return: the page; an answer 403 for whoever may not read menus
        """
        Meal = request.env["office.canteen.meal"]
        Meal.check_access("read")
        served = Meal._get_meals_to_rate()
        return request.render(
            "office_functions_service.canteen_page",
            {
                "days": Meal._get_page_days(weeks=2),
                "format_day": Meal._format_day,
                "kinds": Meal._get_kind_words(),
                "served": served,
                "own": served._get_own_stars(),
                "today": fields.Date.context_today(Meal),
                "problem": problem if isinstance(problem, str) else "",
            },
        )

    @route(
        "/office/canteen/rate/<office_id:meal_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def rate_meal(self, meal_id, score="", comment=""):
        """Give stars to a meal, and show the page again.

        :param int meal_id: the meal
        :param str score: one to five
        :param str comment: what was good, or what was not
        :return: a redirection to the page
        """
        meal = request.env["office.canteen.meal"].browse(meal_id).exists()
        if not meal:
            raise request.not_found()
        stars = int(score) if score in ("1", "2", "3", "4", "5") else 0
        try:
            with request.env.cr.savepoint():
                meal.rate(stars, comment)
        except UserError as error:
            return self.show_menu(problem=str(error))
        return request.redirect("/office/canteen")
