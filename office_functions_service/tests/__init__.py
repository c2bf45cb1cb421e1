from . import test_service_correction
from . import test_repair
