package dev.parley.web.keys;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.keys.KeysRefused.Code;
import dev.parley.web.startup.StartRefusal;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Unlocks the keys, once, or ends the process with one line that says why. The broker needs them as it starts. */
final class Unlocking {
    @Produces
    @Singleton
    PartyKeys unlock(PartyConfig party, KeysConfig keys) {
        try (var passphrase = Passphrase.read(keys.passphraseFd(), System.console())) {
            return new KeyFolder(keys.folder()).open(parse(party.party()), passphrase);
        } catch (KeysRefused e) {
            throw StartRefusal.end(String.valueOf(e.getMessage()));
        }
    }

    void forget(@Disposes PartyKeys keys) {
        keys.broker().close();
    }

    @Produces
    @Singleton
    BrokerKeys brokerKeys(PartyKeys keys) {
        return keys.broker();
    }

    private static PartyId parse(String party) throws KeysRefused {
        try {
            return PartyId.parse(party);
        } catch (Malformed e) {
            throw new KeysRefused(Code.PARTY_MALFORMED, "parley.party is not a party's id");
        }
    }
}
