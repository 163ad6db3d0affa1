package io.aftercare.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailParserTest {
    private static final String HEAD = """
            From: Li Wei <Li@Example.org>
            Subject: LP-1 jams
            Message-ID: <a@b>
            Date: Mon, 2 Nov 2026 09:00:00 +0800
            """;

    private static IncomingMail parse(String text) {
        return MailParser.parse(text.replaceAll("(?<!\r)\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlainLetterIsRead() {
        IncomingMail mail = parse(HEAD + """
                References: <x@y> <z@y>
                In-Reply-To: <w@y>

                It jams.

                On Mon, 2 Nov 2026 at 08:00, Desk wrote:
                > old
                """);
        assertThat(mail.sender()).isEqualTo("li@example.org");
        assertThat(mail.senderName()).isEqualTo("Li Wei");
        assertThat(mail.subject()).isEqualTo("LP-1 jams");
        assertThat(mail.text()).isEqualTo("It jams.");
        assertThat(mail.references()).containsExactly("<x@y>", "<z@y>", "<w@y>");
        assertThat(mail.messageId()).isEqualTo("<a@b>");
        assertThat(mail.automatic()).isFalse();
        assertThat(mail.troubles()).isEmpty();
    }

    @Test
    void chineseIsReadInEveryEncoding() {
        byte[] gbk = (HEAD + "Content-Type: text/plain; charset=gb2312\r\n\r\n打印机卡纸")
                .getBytes(Charset.forName("GB18030"));
        assertThat(MailParser.parse(gbk).text()).isEqualTo("打印机卡纸");
        byte[] unnamed = (HEAD + "\r\n打印机卡纸").getBytes(Charset.forName("GB18030"));
        assertThat(MailParser.parse(unnamed).text()).isEqualTo("打印机卡纸");
        IncomingMail coded = parse("""
                From: =?UTF-8?B?5p2O5Lyf?= <li@example.org>
                Subject: =?gb2312?B?tPLTobv6v6jWvQ==?=
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                5omT5Y2w5py65Y2h57q4
                """);
        assertThat(coded.senderName()).isEqualTo("李伟");
        assertThat(coded.subject()).isEqualTo("打印机卡纸");
        assertThat(coded.text()).isEqualTo("打印机卡纸");
    }

    @Test
    void htmlAloneBecomesTextAndAFileIsAttached() {
        IncomingMail mail = parse(HEAD + """
                Content-Type: multipart/mixed; boundary=XX

                --XX
                Content-Type: text/html; charset=utf-8

                <html><head><style>p{color:red}</style></head><body><p>It &amp; jams<br>daily &lt;now&gt;</p>
                <script>alert(1)</script></body></html>
                --XX
                Content-Type: image/png
                Content-Disposition: attachment; filename="../../photo.png"
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --XX--
                """);
        assertThat(mail.text()).isEqualTo("It & jams\ndaily <now>");
        assertThat(mail.attachments()).hasSize(1);
        assertThat(mail.attachments().getFirst().name()).isEqualTo(".._.._photo.png");
        assertThat(mail.attachments().getFirst().bytes()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied", "Precedence: bulk", "Precedence: auto_reply",
            "List-Id: <x.example.org>", "Return-Path: <>", "X-Autoreply: yes",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x"})
    void aMachinesLetterIsKnown(String header) {
        assertThat(parse(header + "\n" + HEAD + "\nI am away").automatic()).as(header).isTrue();
        assertThat(parse("Auto-Submitted: no\n" + HEAD + "\nI am here").automatic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "no header at all", "From: \r\n\r\n", "From: <<<>>>\r\n\r\nx",
            "Content-Type: multipart/mixed\r\n\r\nno boundary", "Content-Type: ;;;=\"\r\n\r\nx",
            "Content-Type: text/plain; charset=no-such\r\n\r\nx",
            "Content-Type: text/plain; charset=\"../../\"\r\n\r\nx",
            "Content-Transfer-Encoding: no-such\r\n\r\nstill text",
            "Content-Transfer-Encoding: base64\r\n\r\n%%%not base64%%%",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=",
            "Subject: =?no-such?B?xx?= =?UTF-8?B?%%?=\r\n\r\nx",
            "Date: the day after\r\nMessage-ID: <<a>\r\nReferences: <\r\n\r\nx",
            "Content-Type: multipart/alternative; boundary=\"a\"\r\n\r\n--a\r\n--a\r\n--a--",
            "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nx",
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n"})
    void nothingBreaksIt(String letter) {
        IncomingMail mail = MailParser.parse(letter.getBytes(StandardCharsets.UTF_8));
        assertThat(mail.text()).doesNotContain("\0");
    }

    @Test
    void whatCannotBeDecodedIsTakenAsItStands() {
        IncomingMail mail = parse(HEAD + "Content-Transfer-Encoding: no-such\n\nstill text");
        assertThat(mail.text()).isEqualTo("still text");
        assertThat(mail.troubles()).isNotEmpty();
        IncomingMail set = parse(HEAD + "Content-Type: text/plain; charset=no-such\n\nstill text");
        assertThat(set.text()).isEqualTo("still text");
        assertThat(set.troubles()).singleElement().asString().contains("character set");
    }

    @Test
    void aBombOfPartsEndsInTimeAndIsTold() {
        StringBuilder deep = new StringBuilder(HEAD);
        for (int i = 0; i < 500; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i)
                    .append('\n');
        }
        String wide = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(1900);
        String huge = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(1_000_000);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            assertThat(parse(deep.toString()).troubles()).anyMatch(one -> one.contains("deeper"));
            assertThat(parse(wide).troubles()).anyMatch(one -> one.contains("more than 100 parts"));
            assertThat(parse(huge).troubles()).anyMatch(one -> one.contains("more than 2000"));
            assertThat(HtmlText.of("<".repeat(200_000) + "&".repeat(200_000)
                    + "&nbsp;".repeat(200_000) + "<!--".repeat(100_000))).isNotEmpty();
        });
    }

    @Test
    void anyBytesAtAllAreReadWithoutAnError() {
        String letter = HEAD + """
                Content-Type: multipart/mixed; boundary="bb"

                --bb
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>caf=C3=A9 &#x4e2d;</p>
                --bb
                Content-Type: image/png; name="=?UTF-8?Q?=C3=A9?="
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --bb--
                """;
        byte[] good = letter.getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < Integer.getInteger("simulation.seeds", 500); seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = random.nextInt(12); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            IncomingMail mail = MailParser.parse(bad);
            assertThat(mail.text()).as("seed " + seed).doesNotContain("\0");
            assertThat(mail.subject().length()).as("seed " + seed).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void serialsAreFoundInWhatPeopleWrite() {
        assertThat(Serials.told("序列号：LP-2026.7 的打印机")).contains("LP-2026.7");
        assertThat(Serials.told("Serial number: AB_123.")).contains("AB_123");
        assertThat(Serials.told("It jams")).isEmpty();
        assertThat(Serials.words("The LP-1, bought 2026-01-02. x y")).containsExactly("LP-1", "2026-01-02");
    }
}
