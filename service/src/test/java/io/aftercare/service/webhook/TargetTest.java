package io.aftercare.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "198.18.0.1",
            "198.19.255.255", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
            "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
            "2002:7f00:1::1", "2001:0:1::1", "::7f00:1"})
    void anAddressWithinOnesOwnNetworkIsNotPublic(String address) throws Exception {
        assertThat(Target.isPublic(InetAddress.getByName(address))).as(address).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1",
            "198.17.0.1", "198.20.0.1", "223.5.5.5", "2606:4700::1111", "2400:3200::1"})
    void anAddressOutsideIs(String address) throws Exception {
        assertThat(Target.isPublic(InetAddress.getByName(address))).as(address).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "ftp://example.com", "https://user:pass@example.com/",
            "https:///x", "javascript:alert(1)", "example.com", "https://exa mple.com"})
    void anotherAddressThanHttpsIsRefused(String url) {
        assertThatThrownBy(() -> Target.parse(url, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameIsCheckedByWhatItMeansAndInEveryNotation() {
        for (String host : new String[]{"localhost", "127.1", "2130706433", "0x7f.1", "[::1]"}) {
            assertThatThrownBy(() -> Target.parse("https://" + host + "/x", false).resolve(false)).as(host)
                    .isInstanceOfAny(UnknownHostException.class, IllegalArgumentException.class);
        }
        assertThat(Target.parse("https://example.com:8443/a?b=c", false))
                .isEqualTo(new Target("example.com", 8443, true, "/a?b=c"));
        assertThat(Target.parse("http://localhost:9000", true))
                .isEqualTo(new Target("localhost", 9000, false, "/"));
    }
}
