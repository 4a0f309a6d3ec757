using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Pipeline.Base;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <content>What the parameters say together.</content>
public abstract partial class MessageFilterCmdlet
{
    /// <summary>What the parameters say together, at this moment.</summary>
    /// <param name="filter">The compiled -Filter, if there is one.</param>
    private protected MessageCriteria Criteria(MessageFilter? filter)
    {
        if (NewerThan < OlderThan) throw Failures.NoSuchAge(NewerThan.Value, OlderThan.Value);

        DateTimeOffset now = DateTimeOffset.UtcNow;
        IEnumerable<Criterion?> criteria =
        [
            Texts(nameof(From), "From", From),
            Texts(nameof(To), "To", To),
            Texts(nameof(Cc), "Cc", Cc),
            Texts(nameof(Bcc), "Bcc", Bcc),
            Texts(nameof(Subject), "Subject", Subject),
            .. HeaderTexts(),
            Body.Length == 0 ? null : new ContentCriterion(nameof(Body), Body, WithHeaders: false),
            Text.Length == 0 ? null : new ContentCriterion(nameof(Text), Text, WithHeaders: true),
            Date(nameof(Since), DateField.Received, Since, isBefore: false),
            Date(nameof(Before), DateField.Received, Before, isBefore: true),
            Age(nameof(NewerThan), NewerThan, now, isOlder: false),
            Age(nameof(OlderThan), OlderThan, now, isOlder: true),
            Date(nameof(SentSince), DateField.Sent, SentSince, isBefore: false),
            Date(nameof(SentBefore), DateField.Sent, SentBefore, isBefore: true),
            Date(nameof(SavedSince), DateField.Saved, SavedSince, isBefore: false),
            Date(nameof(SavedBefore), DateField.Saved, SavedBefore, isBefore: true),
            LargerThan is { } over ? new SizeCriterion(nameof(LargerThan), over, IsOver: true) : null,
            SmallerThan is { } under ? new SizeCriterion(nameof(SmallerThan), under - 1, IsOver: false) : null,
            .. FlagCriteria(),
            Either(HasAttachment, nameof(HasAttachment), NoAttachment, nameof(NoAttachment)) is { } wanted
                ? new AttachmentCriterion(wanted ? nameof(HasAttachment) : nameof(NoAttachment), wanted)
                : null,
            MessageId.Length == 0 ? null : new MessageIdCriterion(nameof(MessageId), MessageId),
            ModifiedSince is { } modSeq ? new ModifiedCriterion(nameof(ModifiedSince), modSeq) : null,
            EmailId.Length == 0 ? null : new ObjectIdCriterion(nameof(EmailId), EmailId, IsThread: false),
            ThreadId.Length == 0 ? null : new ObjectIdCriterion(nameof(ThreadId), ThreadId, IsThread: true),
            GmailQuery is null ? null : GmailCriterion.Query(nameof(GmailQuery), GmailQuery),
            GmailLabel.Length == 0 ? null : GmailCriterion.Label(nameof(GmailLabel), GmailLabel),
            Query is null ? null : new WordsCriterion(nameof(Query), Query),
            filter is null ? null : new FilterCriterion(nameof(Filter), filter.SearchTerm),
        ];
        return new MessageCriteria([.. criteria.OfType<Criterion>()]);
    }

    private static HeaderCriterion? Texts(string parameter, string field, string[] texts) =>
        texts.Length == 0
            ? null
            : new HeaderCriterion(parameter, field,
            [.. texts.Select(text => field == "Subject" ? Wildcard.Text(text) : Wildcard.Person(text))]);

    private static DateCriterion? Date(string parameter, DateField field, DateTimeOffset? instant, bool isBefore) =>
        instant is { } at ? new DateCriterion(parameter, field, at, isBefore) : null;

    private static AgeCriterion? Age(string parameter, TimeSpan? span, DateTimeOffset now, bool isOlder) =>
        span is { } age ? new AgeCriterion(parameter, age, now, isOlder) : null;

    private IEnumerable<HeaderCriterion> HeaderTexts()
    {
        foreach (DictionaryEntry entry in Header ?? new Hashtable())
        {
            string field = HeaderField.Checked(LanguagePrimitives.ConvertTo<string>(entry.Key), nameof(Header));
            string[] texts = entry.Value is null or true ? [string.Empty] : LanguagePrimitives.ConvertTo<string[]>(entry.Value);
            yield return new HeaderCriterion(nameof(Header), field, [.. texts.Select(Wildcard.Text)]);
        }
    }
}
