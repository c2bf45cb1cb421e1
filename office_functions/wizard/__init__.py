from . import office_advice_decision
from . import office_advice_report
from . import office_deadline_change
from . import office_urging_send
