from . import office_deadline_change
from . import office_urging_send
from . import office_week_schedule
