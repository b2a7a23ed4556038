"""The two markers of the plug-in contract: what a hook is and what implements one."""

import pluggy

hookspec = pluggy.HookspecMarker("ccsi_kit")
hookimpl = pluggy.HookimplMarker("ccsi_kit")
