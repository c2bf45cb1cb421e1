# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from .story_agenda import AgendaStory
from .story_canteen import CanteenStory
from .story_cleaning import CleaningStory
from .story_hall import HallStory
from .story_open import OpenStory
from .story_petition import PetitionStory
from .story_repair import RepairStory
from .story_schools import SchoolsStory

STORIES = (
    AgendaStory,
    CanteenStory,
    RepairStory,
    SchoolsStory,
    CleaningStory,
    PetitionStory,
    OpenStory,
    HallStory,
)
"""The parts of the service demo, in the order in which they are told."""


def play(env):
    """Act out the service demo on the core's, once for a database.

    :param env: superuser environment
    """
    if not CleaningStory(env).is_told("office.service.request"):
        for story in STORIES:
            story(env).tell()
        CleaningStory(env).urge_late_answers()
