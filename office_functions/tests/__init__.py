from . import test_paper
from . import test_working_time
