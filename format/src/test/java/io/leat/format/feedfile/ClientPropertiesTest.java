package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.oauthbearer.token.endpoint.url",
                "sasl.oauthbearer.jwks.endpoint.url",
                "sasl.login.class",
                "sasl.login.callback.handler.class",
                "sasl.client.callback.handler.class",
                "sasl.kerberos.kinit.cmd",
                "ssl.engine.factory.class",
                "ssl.provider",
                "security.providers",
                "interceptor.classes",
                "metric.reporters",
                "config.providers",
                "bootstrap.servers",
                "group.id",
                "transactional.id",
                "enable.auto.commit"
            })
    void whatCanRunCodeOrOpenAnAddressIsRefused(String name) {
        assertThat(new Written(directory)
                        .feed("feed: f\nkey: k\ntime: at\nsource: {properties: {" + name + ": x}}\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("4:23 LEAT-132 The client property '" + name + "' is not allowed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://127.0.0.1\";",
                "com.sun.security.auth.module.LdapLoginModule required;",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
                PLAIN + "; com.sun.security.auth.module.JndiLoginModule required;",
                PLAIN + "password=\"a;\\\"\"; com.sun.security.auth.module.JndiLoginModule required;",
                PLAIN + "a='\n; com.sun.security.auth.module.JndiLoginModule required b=';",
                PLAIN + "/* ' */; com.sun.security.auth.module.JndiLoginModule required /* ' */;",
                PLAIN + "// '\n; com.sun.security.auth.module.JndiLoginModule required;",
                PLAIN + "password=\"open",
                ";",
                "required;"
            })
    void loginModulesThatFetchOrRunThingsAreRefused(String jaas) {
        assertThat(ClientProperties.refusal(jaas, ClientProperties.LOGIN_MODULES))
                .isNotNull()
                .doesNotContain("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PLAIN + "username=\"a\" password=\"b;c//d#'e\\\"\";",
                "\n  org.apache.kafka.common.security.scram.ScramLoginModule\n  required username='a' password='b';\n"
            })
    void namesAndPasswordsPass(String jaas) {
        assertThat(ClientProperties.refusal(jaas, ClientProperties.LOGIN_MODULES))
                .isNull();
    }

    @Test
    void aRefusedLoginIsNotQuoted() {
        assertThat(new Written(directory)
                        .feed(
                                "feed: f\nkey: k\ntime: at\nsource: {properties: {sasl.jaas.config: 'X password=pw1;'}}\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("4:41 LEAT-132")
                .doesNotContain("pw1");
    }
}
