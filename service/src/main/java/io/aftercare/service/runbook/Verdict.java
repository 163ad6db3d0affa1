package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a look at a condition showed.
///
/// @param text  in a sentence, for the case's timeline
/// @param proof in a few words, for why a fault is believed to be fixed
/// @param data  values and times
record Verdict(boolean holds, String text, String proof, ObjectNode data) {}
