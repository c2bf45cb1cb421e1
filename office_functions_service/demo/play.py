# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo.addons.office_functions.demo.story import OfficeStory

from .story_repair import RepairStory

STORIES = (RepairStory,)
"""The parts of the service demo, in the order in which they are told."""


def play(env):
    """Act out the service demo on the core's, once for a database.

    :param env: superuser environment
    """
    if not OfficeStory(env).is_told("office.service.correction"):
        for story in STORIES:
            story(env).tell()
