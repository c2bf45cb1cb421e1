from . import test_calendar_day
from . import test_decision_text
from . import test_delegation
from . import test_directive
from . import test_ledger
from . import test_meeting_decision
from . import test_number_series
from . import test_paper
from . import test_time_limit
from . import test_working_time

from . import test_advice
from . import test_advice_portal
from . import test_advice_report
from . import test_focus
from . import test_foresight
from . import test_research
