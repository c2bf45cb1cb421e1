from . import test_service_correction
