from . import test_lost_property
