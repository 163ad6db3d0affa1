package io.aftercare.service.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Message-IDs of our own letters: they say which case a letter is about, so that answers find it. Immutable.
///
/// @param domain that they end in
record MessageIds(String domain) {
    private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,250})>");
    private static final Pattern OURS = Pattern.compile("(?:notice-\\d+\\.)?case-(\\d{1,18})@(.+)");
    private static final int REFERENCES_MAX = 50;

    /// Of a letter.
    String of(long notice, String topic) {
        return "<notice-" + notice + "." + topic + "@" + domain + ">";
    }

    static String topic(Long ticket) {
        return "case-" + ticket;
    }

    /// What all letters about a case refer to, so that they are shown as one conversation.
    String root(long ticket) {
        return "<case-" + ticket + "@" + domain + ">";
    }

    /// The ids of a header such as `References`, the last ones where there are very many.
    static List<String> in(String header) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = ID.matcher(header);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return List.copyOf(ids.subList(Math.max(0, ids.size() - REFERENCES_MAX), ids.size()));
    }

    /// The case that one of our own ids speaks of.
    Optional<Long> caseOf(List<String> ids) {
        for (String id : ids.reversed()) {
            Matcher matcher = OURS.matcher(id.substring(1, id.length() - 1));
            if (matcher.matches() && matcher.group(2).equalsIgnoreCase(domain)) {
                return Optional.of(Long.valueOf(matcher.group(1)));
            }
        }
        return Optional.empty();
    }
}
