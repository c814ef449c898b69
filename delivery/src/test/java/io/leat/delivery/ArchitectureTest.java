package io.leat.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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

    private static final JavaClasses DELIVERY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.leat.delivery");

    @Test
    void importsPointToTheLeft() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.leat.job..", "io.leat.gateway..", "io.leat.app..", "org.apache.flink..", "picocli..")
                .check(DELIVERY);
    }

    @Test
    void noPackageNeedsOneThatNeedsIt() {
        slices().matching("io.leat.delivery.(*)..").should().beFreeOfCycles().check(DELIVERY);
    }

    @Test
    void theEnvironmentAndTheClockAreHandedIn() {
        noClasses().should().callMethod(System.class, "getenv", String.class).check(DELIVERY);
        noClasses().should().callMethod(Instant.class, "now").check(DELIVERY);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(DELIVERY);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(DELIVERY);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(DELIVERY);
    }

    @Test
    void everyPackageSaysWhatItKeeps() throws ClassNotFoundException {
        Set<String> packages = DELIVERY.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages).isNotEmpty();
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }
}
