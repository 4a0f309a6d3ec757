using System;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Errors;

/// <summary>Exception to error record: the module's one table of errors.</summary>
internal static class ErrorTable
{
    /// <summary>Category, and whether the whole call ends rather than the one item.</summary>
    private static readonly Dictionary<ImapErrorId, (ErrorCategory Category, bool EndsCall)> _rows = new()
    {
        [ImapErrorId.NoSession] = (ErrorCategory.ObjectNotFound, true),
        [ImapErrorId.SessionNotFound] = (ErrorCategory.ObjectNotFound, true),
        [ImapErrorId.ServerNotFound] = (ErrorCategory.ObjectNotFound, false),
        [ImapErrorId.ServerNotTrusted] = (ErrorCategory.SecurityError, true),
        [ImapErrorId.ConnectionFailed] = (ErrorCategory.ConnectionError, true),
        [ImapErrorId.ProxyFailed] = (ErrorCategory.ConnectionError, true),
        [ImapErrorId.ConnectionLost] = (ErrorCategory.ConnectionError, true),
        [ImapErrorId.TlsFailed] = (ErrorCategory.SecurityError, true),
        [ImapErrorId.CertificateRejected] = (ErrorCategory.SecurityError, true),
        [ImapErrorId.PlaintextRefused] = (ErrorCategory.SecurityError, true),
        [ImapErrorId.AuthenticationFailed] = (ErrorCategory.AuthenticationError, true),
        [ImapErrorId.FolderNotFound] = (ErrorCategory.ObjectNotFound, false),
        [ImapErrorId.MessageNotFound] = (ErrorCategory.ObjectNotFound, false),
        [ImapErrorId.PermissionNotFound] = (ErrorCategory.ObjectNotFound, false),
        [ImapErrorId.FolderExists] = (ErrorCategory.ResourceExists, false),
        [ImapErrorId.FolderNotEmpty] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.UidValidityChanged] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.OutcomeUnknown] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.AlreadyInTrash] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.MessageChanged] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.NotACopy] = (ErrorCategory.InvalidOperation, true),
        [ImapErrorId.LimitExceeded] = (ErrorCategory.InvalidOperation, true),
        [ImapErrorId.ConfirmationRequired] = (ErrorCategory.InvalidOperation, true),
        [ImapErrorId.NotSupportedByServer] = (ErrorCategory.NotImplemented, false),
        [ImapErrorId.CommandRejected] = (ErrorCategory.InvalidOperation, false),
        [ImapErrorId.ProtocolError] = (ErrorCategory.ProtocolError, true),
        [ImapErrorId.PermissionDenied] = (ErrorCategory.PermissionDenied, false),
        [ImapErrorId.QuotaExceeded] = (ErrorCategory.QuotaExceeded, false),
        [ImapErrorId.ServerBusy] = (ErrorCategory.ResourceBusy, true),
        [ImapErrorId.Timeout] = (ErrorCategory.OperationTimeout, true),
        [ImapErrorId.WaitTimeout] = (ErrorCategory.OperationTimeout, true),
        [ImapErrorId.AssertionFailed] = (ErrorCategory.InvalidResult, true),
        [ImapErrorId.FilterInvalid] = (ErrorCategory.InvalidArgument, true),
        [ImapErrorId.SearchCharsetUnsupported] = (ErrorCategory.InvalidArgument, false),
        [ImapErrorId.FileExists] = (ErrorCategory.ResourceExists, false),
        [ImapErrorId.FileNotSaved] = (ErrorCategory.WriteError, false),
        [ImapErrorId.DiskFull] = (ErrorCategory.ResourceUnavailable, true),
        [ImapErrorId.JournalNotWritten] = (ErrorCategory.WriteError, true),
        [ImapErrorId.BackupInUse] = (ErrorCategory.ResourceBusy, true),
        [ImapErrorId.BackupDamaged] = (ErrorCategory.InvalidData, false),
        [ImapErrorId.FileNotFound] = (ErrorCategory.ObjectNotFound, false),
        [ImapErrorId.FileNotRead] = (ErrorCategory.ReadError, false),
        [ImapErrorId.MessageInvalid] = (ErrorCategory.InvalidData, false),
        [ImapErrorId.MessageTooLarge] = (ErrorCategory.LimitsExceeded, false),
        [ImapErrorId.ArgumentInvalid] = (ErrorCategory.InvalidArgument, true),
        [ImapErrorId.Unexpected] = (ErrorCategory.NotSpecified, true),
    };

    public static bool EndsCall(ImapException exception) => _rows[exception.Id].EndsCall;

    public static ErrorRecord ToRecord(Exception exception, object? target = null)
    {
        ImapException known = exception as ImapException ?? Translation.Translate(exception);
        var record = new ErrorRecord(known, known.Id.ToString(), _rows[known.Id].Category, target ?? known.Target)
        {
            ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.RecommendedAction },
        };

        // PowerShell shows what the target calls itself.
        if (record.TargetObject is not null) record.CategoryInfo.TargetName = DisplayText.Printable(record.CategoryInfo.TargetName);
        return record;
    }
}
