from . import test_service_correction
from . import test_repair
from . import test_repair_rules
from . import test_repair_pages
from . import test_repair_demo
