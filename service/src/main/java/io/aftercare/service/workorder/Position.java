package io.aftercare.service.workorder;

/// A place on Earth, in degrees (WGS 84).
public record Position(double lat, double lon) {
    private static final double EARTH_RADIUS_KM = 6371.0088;

    public Position {
        if (!(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180)) {
            throw new IllegalArgumentException("lat is from -90 to 90 and lon from -180 to 180");
        }
    }

    /// Kilometres along the surface, by the haversine formula on a sphere; within 0.6 % of the true distance.
    public double kilometresTo(Position other) {
        double dLat = Math.toRadians(other.lat - lat) / 2;
        double dLon = Math.toRadians(other.lon - lon) / 2;
        double chord = Math.sin(dLat) * Math.sin(dLat) + Math.cos(Math.toRadians(lat))
                * Math.cos(Math.toRadians(other.lat)) * Math.sin(dLon) * Math.sin(dLon);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
