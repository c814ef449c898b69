package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @Test
    void aUsualAddressIsRead() {
        assertThat(WebhookUrl.parse("https://hooks.example.com/a%20b?x=1"))
                .isEqualTo(new WebhookUrl(true, "hooks.example.com", 443, "/a%20b?x=1"));
        assertThat(WebhookUrl.parse("http://[2001:db8::1]:8080"))
                .isEqualTo(new WebhookUrl(false, "2001:db8::1", 8080, "/"));
        assertThat(WebhookUrl.parse("https://example.com?token=t").toString()).isEqualTo("https://example.com:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "ftp://example.com/",
                "http:127.0.0.1/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://user@example.com/",
                "http://example.com/#fragment",
                "http://example.com:0/",
                "http://example.com:99999/",
                "http://ex_ample.com/",
                "http://[fe80::1%25eth0]/",
                "http://127.1.1.1:80\\@127.2.2.2:80/",
                "http://①②⑦.⓪.⓪.①/",
                "http://example.com/ x"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String text) {
        assertThatThrownBy(() -> WebhookUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
