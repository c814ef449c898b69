package io.leat.format;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses FORMAT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.leat.format");

    @Test
    void importsPointToTheLeft() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.leat.job..",
                        "io.leat.gateway..",
                        "io.leat.app..",
                        "org.apache.flink..",
                        "org.apache.kafka..")
                .check(FORMAT);
    }

    @Test
    void theFormatsDoNotKnowTheFeedFile() {
        noClasses()
                .that()
                .resideInAPackage("io.leat.format")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.leat.format.feedfile..")
                .check(FORMAT);
    }

    @Test
    void theEnvironmentAndTheClockAreHandedIn() {
        noClasses().should().callMethod(System.class, "getenv", String.class).check(FORMAT);
        noClasses().should().callMethod(System.class, "getenv").check(FORMAT);
        noClasses().should().callMethod(Instant.class, "now").check(FORMAT);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(FORMAT);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(FORMAT);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(FORMAT);
    }

    @Test
    void everyPackageSaysWhatItKeeps() throws ClassNotFoundException {
        Set<String> packages = FORMAT.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages).isNotEmpty();
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }
}
