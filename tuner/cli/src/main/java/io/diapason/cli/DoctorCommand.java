package io.diapason.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code diapason doctor}: whether this machine can do the work, and with what. */
@Command(
        name = "doctor",
        description = "Looks at the machine: Java, processor, memory, the native library and its instruction sets; and"
                + " multiplies matrices to see that the kernels are right, and how fast.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit code 0 when all is well, 1 when something is broken."})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private RootCommand root = new RootCommand();

    @Option(names = "--json", description = "Prints one JSON object, and nothing else, to standard output.")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Checkup checkup = Checkup.of(root.verbose() ? console.err() : null);
        if (json) {
            console.out().println(Json.write(checkup.findings()));
        } else {
            checkup.print(console.out());
        }
        checkup.problems().forEach(console::error);
        return checkup.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
