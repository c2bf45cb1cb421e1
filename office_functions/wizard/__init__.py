from . import office_coordination_answer
from . import office_deadline_change
from . import office_document_scan
from . import office_urging_send
from . import office_duty_plan
from . import office_information_adopt
from . import office_information_bulletin
from . import office_information_check
