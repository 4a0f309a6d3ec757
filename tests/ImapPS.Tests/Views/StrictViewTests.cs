using System.Xml.Linq;
using ImapPS.Models;
using ImapPS.OAuth;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Views;

/// <summary>Views read the same in strict mode: PowerShell shows nothing where their scripts fail.</summary>
public sealed class StrictViewTests
{
    private static readonly DateTimeOffset _time = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImapMessage _full = new()
    {
        Folder = "INBOX",
        Uid = 1,
        Received = _time,
        Date = _time,
        From = ImapAddressList.Of([new ImapAddress("Alice", "alice@example.org")]),
        To = ImapAddressList.Of([new ImapAddress("Bob", "bob@example.net"), new ImapAddress(string.Empty, "carol@example.net")]),
        Subject = "Subject",
        Flags = ImapMessageFlags.Seen | ImapMessageFlags.Answered,
        Keywords = ImapList<string>.Of(["$Work"]),
        Attachments = ImapList<ImapAttachment>.Of([new ImapAttachment("a.pdf", "application/pdf", 1, "2")]),
        Headers = ImapList<ImapHeader>.Of([new ImapHeader("X-One", "1")]),
        Preview = "Preview",
        Body = "Body",
    };

    private static readonly ImapResponse _response = new()
    {
        Text = "XLIST {3}",
        Literals = ImapList<ImapLiteral>.Of([new ImapLiteral { Value = "abc", Size = 3 }]),
    };

    private static readonly ImapCertificate _certificate = new()
    {
        Subject = "CN=localhost",
        Issuer = "CN=Root",
        Names = ImapList<string>.Of(["localhost", "127.0.0.1"]),
        NotBefore = _time,
        NotAfter = _time,
        Thumbprint = "AB",
        PublicKeyPin = "sha256/AB=",
        Chain = ImapList<string>.Of(["CN=Root (CD)"]),
    };

    private static readonly ImapBackupProblem _problem = new(ImapBackupProblemKind.Missing, "Reason") { Uid = 1, File = "a.eml" };

    /// <summary>Of every type that has a view: one object with nothing in it, and one with something everywhere.</summary>
    private static readonly Dictionary<Type, object[]> _samples = new()
    {
        [typeof(ImapSession)] = [new ImapSession(1, "name", "server", 143, "user", new Status())],
        [typeof(ImapAccessToken)] = [AccessToken(new Token("a")), AccessToken(
            new Token("a") { UserName = "alice", RefreshToken = "b", ExpiresOn = _time, Scope = "mail" })],
        [typeof(ImapServer)] =
        [
            new ImapServer("a@example.org", "imap.example.org", 993, ImapSecurity.Tls, ImapServerSource.Guess) { UserName = "a" },
            new ImapServer("b@example.org", "imap.example.net", 143, ImapSecurity.StartTls, ImapServerSource.Srv)
            {
                UserName = "b@example.org",
                Provider = "Example",
                Login = ImapServerLogin.OAuth,
                IsTrusted = false,
                Note = "A note.",
            },
        ],
        [typeof(ImapFolder)] =
            [new ImapFolder(), new ImapFolder
            {
                Path = "INBOX",
                MessageCount = 1,
                UnreadCount = 1,
                Size = 5_000_000,
                SpecialUse = ImapSpecialUse.Trash,
            }],
        [typeof(ImapNamespace)] =
            [new ImapNamespace(), new ImapNamespace { Kind = ImapNamespaceKind.Others, Prefix = "shared/", Delimiter = "/" }],
        [typeof(ImapQuota)] =
            [new ImapQuota(), new ImapQuota { Root = "User quota", Resource = "STORAGE", Usage = 1024, Limit = 2048, Percent = 50 }],
        [typeof(ImapFolderPermission)] =
        [
            new ImapFolderPermission(),
            new ImapFolderPermission
            {
                Folder = "INBOX",
                Identifier = "bob",
                Rights = ImapFolderRights.Reader | ImapFolderRights.Delete,
                Letters = "lrsdn",
            },
        ],
        [typeof(ImapMetadata)] =
            [new ImapMetadata(), new ImapMetadata { Folder = "INBOX", Entry = "/private/comment", Value = "Text", Size = 4 }],
        [typeof(ImapCommandResult)] =
        [
            new ImapCommandResult(),
            new ImapCommandResult
            {
                Folder = "INBOX",
                Command = "XLIST",
                Status = "OK",
                Code = "APPENDUID",
                CodeArgument = "1 2",
                Text = "Done",
                Untagged = ImapList<ImapResponse>.Of([_response]),
            },
        ],
        [typeof(ImapResponse)] = [new ImapResponse(), _response],
        [typeof(ImapLiteral)] = [new ImapLiteral(), _response.Literals[0]],
        [typeof(ImapMessage)] = [new ImapMessage(), _full],
        [typeof(ImapMessageContent)] =
        [
            new ImapMessageContent(new ImapMessage()),
            new ImapMessageContent(_full)
            {
                Text = "Text",
                Links = ImapList<Uri>.Of([new Uri("https://example.org/a")]),
                Codes = ImapList<string>.Of(["1234"]),
                Protection = ImapProtection.SmimeSigned,
            },
        ],
        [typeof(ImapMeasure)] =
        [
            new ImapMeasure(),
            new ImapMeasure
            {
                Name = "alice@example.org, (none)",
                Count = 1_000,
                Percent = 33.33,
                Size = 5_000_000,
                Unread = 1,
                Attachments = 2,
                Oldest = _time,
                Newest = _time,
                By = ImapList<string>.Of(["Sender", "Keyword"]),
                Values = ImapList<string>.Of(["alice@example.org", ""]),
                Criteria = ImapList<string>.Of(["Unread"]),
                Folder = ImapList<string>.Of(["INBOX", "Lists"]),
                SessionId = 1,
            },
        ],
        [typeof(ImapFolderBackup)] =
        [
            new ImapFolderBackup(),
            new ImapFolderBackup
            {
                Folder = "INBOX",
                Count = 1_000,
                New = 1,
                Known = 2,
                FlagChanges = 3,
                Gone = 4,
                Removed = 5,
                Failed = 6,
                Bytes = 5_000_000,
                UidValidity = 1,
            },
        ],
        [typeof(ImapFolderRestore)] =
        [
            new ImapFolderRestore(),
            new ImapFolderRestore
            {
                Folder = "INBOX",
                RestoredTo = "INBOX",
                Count = 3,
                Restored = 1,
                Existing = 1,
                Failed = 1,
                Bytes = 5_000,
            },
        ],
        [typeof(ImapBackupTest)] =
        [
            new ImapBackupTest(),
            new ImapBackupTest { Folder = "INBOX", Count = 1, Bytes = 5_000, LastComplete = _time }.With([_problem]),
        ],
        [typeof(ImapBackupProblem)] = [_problem, new ImapBackupProblem(ImapBackupProblemKind.TornManifest, "Reason")],
        [typeof(ImapDuplicate)] = [new ImapDuplicate(new ImapMessage()), new ImapDuplicate(_full) { KeptFolder = "Sent", KeptUid = 2 }],
        [typeof(ImapFolderEvent)] =
        [
            new ImapFolderEvent(), new ImapFolderEvent { Kind = ImapFolderEventKind.Arrived, Time = _time, Message = _full },
            new ImapFolderEvent { Kind = ImapFolderEventKind.Arrived, Message = new ImapMessage() },
            new ImapFolderEvent { Kind = ImapFolderEventKind.FlagsChanged, Keywords = ImapList<string>.Of(["$Work", "b"]) },
        ],
        [typeof(ImapAddress)] = [new ImapAddress(string.Empty, string.Empty), new ImapAddress("Alice", "alice@example.org")],
        [typeof(ImapAttachment)] =
            [new ImapAttachment(string.Empty, string.Empty, 0, string.Empty), new ImapAttachment("a.pdf", "application/pdf", 1, "2")],
        [typeof(ImapHeader)] = [new ImapHeader(string.Empty, string.Empty), new ImapHeader("X-One", "1")],
        [typeof(ImapConnectionStep)] =
        [
            new ImapConnectionStep(),
            new ImapConnectionStep
            {
                Step = ImapConnectionStage.Certificate,
                Result = ImapStepResult.Failed,
                Detail = "Detail",
                Reason = "Reason",
                Remedy = "Remedy",
                ErrorId = "CertificateRejected",
                Certificate = _certificate,
                Duration = TimeSpan.FromMilliseconds(5),
            },
            new ImapConnectionStep { Step = ImapConnectionStage.Login, Result = ImapStepResult.Skipped, Reason = "Reason" },
        ],
        [typeof(ImapCertificate)] = [new ImapCertificate(), _certificate],
        [typeof(ImapSyncAction)] =
            [new ImapSyncAction(),
            new ImapSyncAction { Folder = "INBOX", Destination = "INBOX", Action = ImapSyncActionKind.Copy, Count = 3, Bytes = 5_000 }],
        [typeof(ImapSyncDifference)] =
            [new ImapSyncDifference(),
            new ImapSyncDifference { Kind = ImapSyncDifferenceKind.Extra, Destination = "INBOX", DestinationUid = 3 }],
        [typeof(ImapSyncResult)] = [new ImapSyncResult(), new ImapSyncResult { Folder = "INBOX", Destination = "INBOX", SourceCount = 3 }],
        [typeof(ImapChangeSummary)] =
            [new ImapChangeSummary(),
            new ImapChangeSummary { Command = "Move-ImapMessage", Messages = 1, Bytes = 5_000, Oldest = _time, Newest = _time }],
    };

    private static ImapAccessToken AccessToken(Token token) =>
        new(token, "https://issuer.example.org", "client", new FixedTokens(token));

    public static TheoryData<string> Types =>
        [.. XDocument.Load(Path.Combine(Repository.Root, "src", "ImapPS", "Views", "ImapPS.Format.ps1xml"))
            .Descendants("TypeName").Select(name => name.Value).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_is_the_same_in_strict_mode(string typeName)
    {
        object[] samples = _samples[typeof(ImapMessage).Assembly.GetType(typeName, throwOnError: true)!];
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["samples"] = samples };
        foreach (string format in new[] { string.Empty, "| Format-Table", "| Format-List" })
        {
            string plain = Render($"$samples {format}");
            Assert.Equal(plain, Render($"Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $samples {format}"));
            Assert.NotEmpty(plain.Trim());
        }

        string Render(string script) => StrictViewTests.Render(script, variables);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_is_the_same_of_what_a_job_or_a_file_brings_back(string typeName)
    {
        // A job serializes to the depth of 1, Export-Clixml to that of 2.
        const string Back =
            "$samples | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, $depth) } | "
            + "ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize($_) }";
        object[] samples = [.. _samples[typeof(ImapMessage).Assembly.GetType(typeName, throwOnError: true)!], .. Full(typeName)];
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["samples"] = samples };
        foreach (string format in new[] { string.Empty, "| Format-Table", "| Format-List" })
        {
            string live = Render($"$samples {format}", variables);
            foreach (int depth in new[] { 1, 2, 3 })
            {
                variables["depth"] = depth;
                Assert.Equal(live, Render($"Set-StrictMode -Version Latest; {Back} {format}", variables));
            }
        }
    }

    /// <summary>An object with every value of every enumeration that it has, and something in every other property.</summary>
    private static IEnumerable<object> Full(string typeName)
    {
        Type type = typeof(ImapMessage).Assembly.GetType(typeName, throwOnError: true)!;
        object full = HostileObjects.Create(type, "some text");
        yield return full;
        foreach (System.Reflection.PropertyInfo property in type.GetProperties()
            .Where(property => property.PropertyType.IsEnum && property.CanWrite))
        {
            foreach (object value in Enum.GetValues(property.PropertyType))
            {
                object one = HostileObjects.Create(type, "some text");
                property.SetValue(one, value);
                yield return one;
            }
        }
    }

    private static string Render(string script, Dictionary<string, object?> variables)
    {
        using var engine = new PowerShellEngine(new EngineOptions { Width = 120 });
        return engine.Format(script, variables);
    }

    private sealed class Status : ISessionStatus
    {
        public ImapSessionState State => ImapSessionState.Open;

        public string Security => "TLS 1.3";

        public IReadOnlyList<string> Capabilities => ["IDLE"];

        public bool IsCompressed => true;

        public bool IsDefault => true;
    }
}
