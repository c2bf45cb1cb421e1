from . import test_service_correction

from . import test_agenda
from . import test_agenda_feed
from . import test_agenda_papers
from . import test_agenda_privacy
from . import test_agenda_race
