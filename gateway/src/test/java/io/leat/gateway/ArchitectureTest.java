package io.leat.gateway;

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

    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.leat.gateway");

    @Test
    void importsPointToTheLeft() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.leat.job..", "io.leat.app..", "org.apache.flink..", "picocli..")
                .check(GATEWAY);
    }

    @Test
    void theFrontDoorKnowsNothingOfWhatIsServed() {
        noClasses()
                .that()
                .resideInAPackage("io.leat.gateway.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.leat.core..", "org.apache.kafka..")
                .check(GATEWAY);
    }

    @Test
    void noPackageNeedsOneThatNeedsIt() {
        slices().matching("io.leat.gateway.(*)..").should().beFreeOfCycles().check(GATEWAY);
    }

    @Test
    void theEnvironmentAndTheClockAreHandedIn() {
        noClasses().should().callMethod(System.class, "getenv", String.class).check(GATEWAY);
        noClasses().should().callMethod(Instant.class, "now").check(GATEWAY);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(GATEWAY);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(GATEWAY);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(GATEWAY);
    }

    @Test
    void everyPackageSaysWhatItKeeps() throws ClassNotFoundException {
        Set<String> packages = GATEWAY.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages).isNotEmpty();
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }
}
