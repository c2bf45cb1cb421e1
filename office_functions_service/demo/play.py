# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .story_cleaning import CleaningStory

STORIES = (CleaningStory,)
"""The parts of the service demo, in the order in which they are told."""


def play(env):
    """Act out the service demo on the core's, once for a database.

    :param env: superuser environment
    """
    if not any(story(env).is_told("office.service.correction") for story in STORIES):
        for story in STORIES:
            story(env).tell()
