from . import office_directive
from . import office_meeting_decision
from . import office_supervision_child_mixin
from . import office_supervision_extension
from . import office_supervision_feedback
from . import office_supervision_task
from . import office_supervision_ticket
from . import office_supervision_verification
