using System.Globalization;

namespace ImapPS.Tests;

/// <summary>How many of what is random: few by default, so that everybody runs the tests, and many where time does not matter.</summary>
public static class Amount
{
    /// <summary>IMAPPS_TEST_FILTERS: random filters.</summary>
    public static int Filters => Read("IMAPPS_TEST_FILTERS", 1_000);

    /// <summary>IMAPPS_TEST_SCHEDULES: random schedules of messages that arrive during waits.</summary>
    public static int Schedules => Read("IMAPPS_TEST_SCHEDULES", 50);

    /// <summary>IMAPPS_TEST_MEASURES: random measurements.</summary>
    public static int Measures => Read("IMAPPS_TEST_MEASURES", 40);

    /// <summary>IMAPPS_TEST_FUZZ: answers of servers, and messages, that were changed at random.</summary>
    public static int Fuzz => Read("IMAPPS_TEST_FUZZ", 200);

    /// <summary>IMAPPS_TEST_CUTS: points at which a backup or a synchronization is cut off.</summary>
    public static int Cuts => Read("IMAPPS_TEST_CUTS", 40);

    /// <summary>IMAPPS_TEST_KILLS: points at which a process that backs up is killed.</summary>
    public static int Kills => Read("IMAPPS_TEST_KILLS", 6);

    /// <summary>IMAPPS_TEST_TRANSFERRED: messages of a move or a copy that is cut off at each command.</summary>
    public static int Transferred => Read("IMAPPS_TEST_TRANSFERRED", 200);

    /// <summary>IMAPPS_TEST_EVERY: of the commands at which a transfer can be cut off, every how many is.</summary>
    public static int Every => Read("IMAPPS_TEST_EVERY", 3);

    /// <summary>IMAPPS_TEST_CHANGED: messages of a large mailbox half of which is changed.</summary>
    public static int Changed => Read("IMAPPS_TEST_CHANGED", 40_000);

    /// <summary>IMAPPS_TEST_BACKUP: messages of a large backup.</summary>
    public static int Backup => Read("IMAPPS_TEST_BACKUP", 100_000);

    /// <summary>IMAPPS_TEST_SYNC: messages of a large synchronization, in twenty folders.</summary>
    public static int Sync => Read("IMAPPS_TEST_SYNC", 10_000);

    private static int Read(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
