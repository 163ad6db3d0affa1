/// hawkBit's Direct Device Integration API, version 1, so that SWUpdate, rauc-hawkbit-updater and Zephyr update from this
/// backend unchanged. A deployment of ours is their action; nothing is decided here that a campaign does not decide.
@NullMarked
package io.aftercare.ota.ddi;

import org.jspecify.annotations.NullMarked;
