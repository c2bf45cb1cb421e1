# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from . import bare
