package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.channel.ChannelCode;
import dev.parley.enclave.engine.EngineFailure;
import dev.parley.enclave.intake.RunEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void everyCodeOfTheEnclaveIsInTheTable() throws IOException {
        var table = Files.readString(Path.of("../../docs/errors.md"));

        var codes = Stream.of(ChannelCode.values(), RunEnded.Code.values(), EngineFailure.Code.values())
                .flatMap(Stream::of)
                .map(Enum::name);
        assertThat(codes).allSatisfy(code -> assertThat(table).contains("| `" + code + "` |"));
        assertThat(EnclaveRun.TRANSIENT).allSatisfy(code -> assertThat(table).contains("| `" + code + "` |"));
    }
}
