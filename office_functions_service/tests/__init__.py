from . import test_service_correction
from . import test_cjk_search
from . import test_consultation
from . import test_guidance
from . import test_school_request
from . import test_school_portal
