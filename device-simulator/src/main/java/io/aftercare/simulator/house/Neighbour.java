package io.aftercare.simulator.house;

/// A customer.
///
/// @param locale  `zh` or `en`
/// @param grade   `standard`, `gold` or `vip`
/// @param channel by which to be reached: `phone`, `mail` or `app`
record Neighbour(String name, String phone, String email, String address, String locale, String grade,
        String channel, String region) {}
