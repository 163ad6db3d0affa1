package io.aftercare.service.casefile;

import io.aftercare.service.text.Html;
import io.aftercare.service.text.Words;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A case file as one page of HTML that stands alone and prints well. Pure, but for the enclosures that it reads.
final class FilePage {
    /// Larger enclosures, and those after the page has this much of them, are named with their hash.
    static final long ENCLOSURE_BYTES_MAX = 2 << 20;
    static final long ENCLOSURES_BYTES_MAX = 8 << 20;
    /// What the page may do where it is shown: nothing but be read.
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
    private static final String STYLE = """
            body{font:14px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}
            h1{font-size:1.5em;margin:0}h2{font-size:1.1em;margin:1.5em 0 .3em;border-bottom:1px solid #999}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2em .5em;border-bottom:1px solid #ddd;overflow-wrap:anywhere;white-space:pre-wrap}
            th{width:30%;font-weight:600}thead th{width:auto}img{max-width:100%}.missing{color:#a00}
            @media print{body{margin:0;max-width:none}section{break-inside:avoid-page}a{color:inherit}}""";

    private FilePage() {}

    static byte[] of(CaseFile file, List<CaseDocument> documents, Words words) {
        Html page = Html.page(words.language(), words.get("caseFile") + " " + file.number(), STYLE);
        page.element("h1", words.get("caseFile") + " " + file.number());
        page.open("table").open("tbody");
        row(page, words.get("class"), words.get("class." + file.kind().text()));
        row(page, words.get("device"), file.device());
        row(page, words.get("customer"), file.customer() == null ? "–" : file.customer());
        row(page, words.get("owner"), file.owner() == null ? "–" : file.owner());
        row(page, words.get("opened"), file.openedAt().toString());
        row(page, words.get("closed"), file.closedAt() == null ? "–" : file.closedAt().toString());
        page.close("tbody").close("table");
        index(page, file, words);
        long room = ENCLOSURES_BYTES_MAX;
        for (CaseDocument document : documents) {
            room = document(page, document, words, room);
        }
        return page.end();
    }

    private static void index(Html page, CaseFile file, Words words) {
        page.element("h2", words.get("index")).open("table").open("thead").open("tr");
        for (String head : List.of("document", "reference", "date", "by", "sha256")) {
            page.element("th", words.get(head));
        }
        page.close("tr").close("thead").open("tbody");
        for (CaseFile.Entry entry : file.documents()) {
            page.open("tr").element("td", words.get("kind." + entry.kind().text()))
                    .element("td", entry.reference()).element("td", entry.at().toString())
                    .element("td", entry.by()).element("td", entry.sha256().substring(0, 16)).close("tr");
        }
        page.close("tbody").close("table");
        file.missing().forEach(text -> page.element("p", text, "class", "missing"));
    }

    /// @return how many bytes of enclosures the page may still take
    private static long document(Html page, CaseDocument document, Words words, long room) {
        page.open("section").element("h2",
                words.get("kind." + document.kind().text()) + " · " + document.reference());
        page.open("table").open("tbody");
        document.lines().forEach(line -> row(page, words.orSame(line.name()), line.value()));
        page.close("tbody").close("table");
        long left = room;
        for (Enclosure enclosure : document.enclosures()) {
            left -= enclose(page, enclosure, left);
        }
        page.close("section");
        return left;
    }

    private static long enclose(Html page, Enclosure enclosure, long room) {
        String about = enclosure.name() + ", " + enclosure.size() + " B, SHA-256 " + enclosure.sha256();
        if (enclosure.size() > Math.min(room, ENCLOSURE_BYTES_MAX)) {
            page.element("p", about);
            return 0;
        }
        String type = enclosure.type().toLowerCase(Locale.ROOT);
        boolean picture = type.equals("image/png") || type.equals("image/jpeg");
        String data = "data:" + (picture ? type : "application/octet-stream") + ";base64,"
                + Base64.getEncoder().encodeToString(enclosure.content().get());
        if (picture) {
            page.open("figure").empty("img", "src", data, "alt", enclosure.name())
                    .element("figcaption", about).close("figure");
        } else {
            page.open("p").element("a", about, "href", data, "download", enclosure.name()).close("p");
        }
        return enclosure.size();
    }

    private static void row(Html page, String name, String value) {
        page.open("tr").element("th", name).element("td", value).close("tr");
    }
}
