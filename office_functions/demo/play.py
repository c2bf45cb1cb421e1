# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .figures_story import FiguresStory
from .information_story import InformationStory
from .rules_story import RulesStory
from .story import OfficeStory

STORIES = (OfficeStory, InformationStory, RulesStory, FiguresStory)
"""The parts of the core's demo, in the order in which they are told."""


def play(env):
    """Act out the core's demo, once for a database.

    :param env: superuser environment
    """
    if OfficeStory(env).is_told("office.directive"):
        return
    OfficeStory(env).forget_loading()
    OfficeStory(env).hide_host_demo()
    for story in STORIES:
        story(env).tell()
    OfficeStory(env).urge_late_answers()
