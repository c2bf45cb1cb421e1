# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .story import SupervisionStory
from .story_inspection import InspectionStory

STORIES = (SupervisionStory, InspectionStory)
"""The parts of the supervision demo, in the order in which they are told."""


def play(env):
    """Act out the supervision demo on the core's, once for a database.

    :param env: superuser environment
    """
    if not SupervisionStory(env).is_told("office.supervision.ticket"):
        SupervisionStory(env).forget_loading()
        for story in STORIES:
            story(env).tell()
        SupervisionStory(env).age_duties()
