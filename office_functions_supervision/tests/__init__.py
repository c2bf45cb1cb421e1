from . import test_any_matter
from . import test_import
from . import test_ledger_export
from . import test_loop
from . import test_mechanisms
from . import test_prints
from . import test_returns
