using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;
using ImapPS.Views;

namespace ImapPS.Commands;

/// <summary>Sets or removes a limit of a quota root.</summary>
/// <remarks>
/// <para>
/// Servers allow this to administrators only (QUOTA, RFC 9208). Connect as one, for example with -AuthorizationId as a master user. The
/// other limits of the root stay as they are. Cyrus makes the root if there is none.
/// </para>
/// <para>
/// A limit of STORAGE is in octets. The server counts in units of 1,024 octets, so the limit is rounded up to the next unit. If the limit
/// is below what is stored, nothing is removed, but nothing more can be stored. Counts are whole numbers. -NoLimit removes a limit.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, PermissionDenied, CommandRejected, ArgumentInvalid, ServerBusy,
/// ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Set-ImapQuota user/alice -Limit 5GB</code>
/// <para>Lets alice store 5 GB, on a Cyrus server.</para>
/// </example>
/// <example>
/// <code>Get-ImapQuota INBOX | Where-Object Resource -eq STORAGE | Set-ImapQuota -Limit 5GB</code>
/// <para>Sets the limit of the root that the INBOX belongs to.</para>
/// </example>
/// <example>
/// <code>Set-ImapQuota user/alice -Resource MESSAGE -NoLimit -PassThru</code>
/// <para>Removes the limit of the number of messages, and returns the other limits of the root.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ImapQuota", SupportsShouldProcess = true, DefaultParameterSetName = "Quota",
    HelpUri = HelpPages.Reference + "Set-ImapQuota.md")]
[OutputType(typeof(ImapQuota))]
public sealed class SetImapQuotaCommand : SessionCmdlet
{
    private readonly List<ImapQuota> _quotas = [];

    /// <summary>Specifies the names of the quota roots, as Get-ImapQuota shows them. A name can be empty.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Root")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(QuotaRootCompleter))]
    public string[] Root { get; set; } = [];

    /// <summary>Specifies a quota, as Get-ImapQuota emits it: its root, its resource and its session are used.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Quota")]
    [QuotaTransformation]
    public ImapQuota? InputObject { get; set; }

    /// <summary>
    /// Specifies the resource: STORAGE, MESSAGE, MAILBOX, or another one of the server. The default is that of the quotas in the pipeline,
    /// which must be of one resource, and otherwise STORAGE.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "STORAGE")]
    [ArgumentCompleter(typeof(QuotaResourceCompleter))]
    public string Resource { get; set; } = "STORAGE";

    /// <summary>
    /// Specifies the limit: octets of STORAGE, such as 5GB, otherwise a count. $null and empty text are refused: -NoLimit removes a limit.
    /// </summary>
    [Parameter]
    [LimitTransformation]
    [AllowNull]
    public decimal? Limit { get; set; }

    /// <summary>Indicates that the limit of the resource is removed.</summary>
    [Parameter]
    public SwitchParameter NoLimit { get; set; }

    /// <summary>The limit in whole octets, or the count; null for none.</summary>
    private long? Most => NoLimit ? null : (long)Math.Ceiling(Limit!.Value);

    /// <summary>Indicates that the cmdlet returns the limits of the root as they are after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Quota")
        {
            _quotas.Add(InputObject!);
            return;
        }

        SessionConnection session = ResolveOrThrow();
        Check();
        if (!this.Offers(session, QuotaAccess.Capability, Failures.NoQuotas)) return;

        foreach (string root in Root) Set(root, session);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_quotas.Count == 0) return;

        // A limit of octets is none of messages: nothing is set before all resources are known.
        string[] resources = [.. _quotas.Select(quota => quota.Resource.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        if (!IsGiven(nameof(Resource)))
        {
            if (resources.Length > 1) Throw(Failures.QuotaResourcesDiffer(resources));
            Resource = resources[0];
        }

        Check();
        foreach ((int id, string root) in _quotas.Select(quota => (quota.SessionId, quota.Root)).Distinct())
        {
            if (TryResolve(id > 0 ? new SessionReference(id) : null, root) is { } session
                && this.Offers(session, QuotaAccess.Capability, Failures.NoQuotas)) Set(root, session);
        }
    }

    private void Check()
    {
        if (!Resource.All(IsOfName)) Throw(Failures.QuotaResourceInvalid(Resource));
        CheckLimit();
    }

    private static bool IsOfName(char c) => c is '-' or '_' or '.' || (c < 128 && char.IsLetterOrDigit(c));

    /// <summary>Nothing but -NoLimit removes a limit: a misspelt property is $null, and a cell of a file may be empty.</summary>
    private void CheckLimit()
    {
        if (NoLimit)
        {
            if (IsGiven(nameof(Limit))) Throw(Failures.Contradiction(nameof(Limit), nameof(NoLimit)));
        }
        else if (Limit is not { } limit)
        {
            Throw(Failures.QuotaLimitMissing());
        }
        else if (limit < 0 || limit > long.MaxValue || (!QuotaUnits.IsStorage(Resource) && decimal.Truncate(limit) != limit))
        {
            Throw(Failures.QuotaLimitInvalid(limit, Resource));
        }
    }

    private void Set(string root, SessionConnection session)
    {
        string resource = Resource.ToUpperInvariant();
        string action = Most is { } amount
            ? string.Format(CultureInfo.CurrentCulture, "Set the limit of {0} to {1}", resource, Display.Amount(amount, resource))
            : $"Remove the limit of {resource}";
        if (!ShouldProcess($"quota root '{DisplayText.Printable(root)}'", action)) return;

        Run((writer, cancellationToken) => writer.ForItemAsync(
            root,
            async () =>
            {
                var access = new QuotaAccess(new MailboxAccess(session, writer));
                long? limit = Most is { } most ? QuotaUnits.ToWire(resource, most) : null;
                await access.SetAsync(root, resource, limit, cancellationToken).ConfigureAwait(false);
                if (!PassThru) return;

                foreach (QuotaUse use in await access.OfRootAsync(root, cancellationToken).ConfigureAwait(false))
                {
                    await writer.WriteObjectAsync(QuotaTable.ToModel(use, session.Handle.Id, []), cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken));
    }
}
