from . import office_coordination_answer
from . import office_deadline_change
from . import office_document_scan
from . import office_urging_send
