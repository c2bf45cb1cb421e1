from . import test_service_correction
from . import test_cleaning
from . import test_cleaning_report
from . import test_service_request
from . import test_service_index
from . import test_canteen_kinds
from . import test_canteen_day
from . import test_canteen_rating

from . import test_agenda
from . import test_agenda_feed
from . import test_agenda_papers
from . import test_agenda_privacy
from . import test_agenda_race
